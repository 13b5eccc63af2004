"""stub"""

urlpatterns = []
